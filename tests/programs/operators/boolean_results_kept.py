"""and, or, not, if and all comparisons give back the operands themselves, not their truth, in every nesting."""


class T:
    def __init__(self, name, truth):
        self.name, self.truth = name, truth

    def __bool__(self):
        asked.append(self.name)
        return self.truth

    def __repr__(self):
        return self.name


asked = []
t, u, f, g = T("t", True), T("u", True), T("f", False), T("g", False)
for source in ("t and u", "t and f", "f and t", "t or f", "f or g", "f or t or u", "t and u and f and g", "not t", "not f", "t and not f", "(t or f) and (g or u)", "t if f else g", "f or (t and g)", "not (f or g)", "not f and not g", "t and (f or g) or u", "[t and f, f or t]", "bool(t and f)", "any([f, t, u])", "all([t, f, u])", "f and t or g", "(f and t) or (t and g) or u", "t is u or f", "t == t and u"):
    print(f"{source:30}", eval(source), asked)
    asked.clear()
if t and f or u:
    print("branch", asked)
asked.clear()
while not f and t:
    break
print(asked, [x for x in (t, f, u) if x and not g], asked.count("g"))

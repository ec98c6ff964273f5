"""The order in which binary operators ask both operands: subclasses first, reflected ones, in-place fall-backs, None."""
import operator

log = []


def make(name, bases=(object,), skip=(), value=NotImplemented):
    def method(kind):
        def operate(self, other):
            log.append(f"{name}.{kind}({type(other).__name__})")
            return value
        return operate
    kinds = ("add", "radd", "iadd", "sub", "rsub", "eq", "ne", "lt", "gt", "le", "ge", "pow", "rpow", "ipow", "matmul", "rmatmul")
    return type(name, bases, {f"__{kind}__": method(kind) for kind in kinds if kind not in skip} | {"__hash__": None})


A = make("A")
B = make("B")
SubA = make("SubA", (A,))
Silent = type("Silent", (A,), {})
OnlyAdd = make("OnlyAdd", (A,), skip=("radd", "rsub", "gt", "rpow"))
Answers = make("Answers", value="answer")
IntLike = make("IntLike", (int,))
FloatLike = make("FloatLike", (float,), value="float answers")
NoReflection = type("NoReflection", (A,), {"__radd__": None, "__add__": None, "__iadd__": None})

OPERATIONS = (operator.add, operator.iadd, operator.sub, operator.eq, operator.lt, operator.ge, operator.pow, operator.ipow, operator.matmul)


def ask(operation, a, b):
    log.clear()
    try:
        result = operation(a, b)
        result = result if isinstance(result, (str, bool, int, float)) else type(result).__name__
    except TypeError as error:
        result = f"TypeError({error})"
    print(f"{operation.__name__:7}{type(a).__name__:13}{type(b).__name__:13}{' '.join(log)} -> {result}")


pairs = [(A(), B()), (A(), A()), (A(), SubA()), (SubA(), A()), (A(), Silent()), (A(), OnlyAdd()), (B(), Answers()), (A(), NoReflection()),
         (NoReflection(), A()), (1, IntLike(2)), (IntLike(2), 1), (IntLike(1), IntLike(2)), (1.5, IntLike(2)), (1, FloatLike(2)),
         (1.5, FloatLike(2)), (True, IntLike(1)), ([], Answers()), ("a", Answers()), ((), A()), (Answers, Answers())]
for a, b in pairs:
    for operation in OPERATIONS:
        ask(operation, a, b)

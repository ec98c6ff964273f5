"""string.Template with its own patterns, and template strings rendered by functions of one's own."""
import html
import re
from string import Formatter, Template
from string.templatelib import Interpolation
from string.templatelib import Template as TString

text = Template("$who owes ${amount}EUR for $$5, $whoever ${who}s $")
for mapping in ({"who": "Ann", "amount": 5, "whoever": "x"}, {"who": "Bob"}):
    for method in (text.substitute, text.safe_substitute):
        try:
            print(method(mapping))
        except (KeyError, ValueError) as error:
            print(type(error).__name__, error)
print(text.get_identifiers(), text.is_valid(), Template("$a ${b}").is_valid(), Template("$a ${a}").substitute({"a": 1}, a=2))


class Percent(Template):
    delimiter = "%"
    idpattern = r"(?a:[a-z]+(?:\.[a-z]+)*)"
    flags = re.I


class Dots(dict):
    def __missing__(self, key):
        value = self
        for part in key.split("."):
            value = dict.__getitem__(value, part)
        return value


print(Percent("%user.name is %% %USER").safe_substitute(Dots(user={"name": "Cleo"}, USER="big")))


class Upper(Formatter):
    def get_value(self, key, args, kwargs):
        return kwargs.get(key, f"<{key}>") if isinstance(key, str) else super().get_value(key, args, kwargs)

    def convert_field(self, value, conversion):
        return str(value).upper() if conversion == "u" else super().convert_field(value, conversion)

    def format_field(self, value, spec):
        return super().format_field(value, spec) if spec != "loud" else f"{value}!!!"


print(Upper().format("{0} {name!u:>6} {missing} {0:loud} {1[0]}", "zero", "one", name="ann"))
print(list(Formatter().parse("a{b!r:{c}}d{{e}}")), Formatter().vformat("{}{}", (1, 2), {}))


def html_render(template):
    out = []
    for part in template:
        match part:
            case str():
                out.append(part)
            case Interpolation(value=TString() as nested):
                out.append(html_render(nested))
            case Interpolation(value=list() as items):
                out.extend(html_render(item) for item in items)
            case Interpolation(value, expression, conversion, spec):
                value = {"r": repr, "s": str, "a": ascii, None: lambda v: v}[conversion](value)
                if spec == "raw":
                    out.append(str(value))
                elif callable(value):
                    out.append(html.escape(f"{expression}={value()}"))
                else:
                    out.append(html.escape(format(value, spec)))
    return "".join(out)


name, n, rows = "<Ann & Bob>", 3.14159, ["a<b", "c"]
print(html_render(t"<p title={name!r}>{name} {n:.2f} {'<b>':raw}</p>"))
print(html_render(t"<ul>{[t"<li>{row:>5}</li>" for row in rows]}</ul>{rows.copy}{(lambda: "late")}"))
template = t"a{name}b{n:{1}.{2}f}{ n = !s:>4}"
print(template.strings, template.values, [i.expression for i in template.interpolations], [i.format_spec for i in template.interpolations])
print([i.conversion for i in template.interpolations], (t"x" + t"{n}y").strings, type(t"").__name__, t"".strings, t"{{}}".strings)


def sql(template):
    return "?".join(template.strings), template.values


print(sql(t"SELECT * FROM t WHERE name = {name} AND n < {n}"))
for action in (lambda: t"a" + "b", lambda: "a" + t"b", lambda: t"{undefined}", lambda: TString("a", 5), lambda: str(t"{n}")[:18], lambda: t"{n}" == t"{n}",
               lambda: TString("a", Interpolation(1, "x"), "b", "c").strings, lambda: hash(t"{n}") is None):
    try:
        print(action())
    except (TypeError, NameError) as error:
        print(type(error).__name__, error)

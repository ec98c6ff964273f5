"""Hot reads of module attributes while the module's names are set, deleted, replaced and its class changes."""
import sys
import types

m = types.ModuleType("m")
m.value, m.function = 1, lambda: "f"


def read():
    return m.value, m.function()


def hot():
    for _ in range(60):
        try:
            out = read()
        except (AttributeError, TypeError) as error:
            out = f"{type(error).__name__}: {error}"
    return out


print(hot())
m.value = 2.5
print(hot())
m.function = len
print(hot())
m.function = lambda: m.__name__
for i in range(50):
    setattr(m, f"filler{i}", i)
print(hot())
del m.value
print(hot())
m.__getattr__ = lambda name: f"made {name}"
print(hot())
m.__dict__["value"] = "by the dict"
print(hot())
m.__class__ = type("Own", (types.ModuleType,), {"value": property(lambda self: "property"), "function": lambda self: "method"})
print(hot())
m.__class__ = types.ModuleType
print(hot())
m, other = types.SimpleNamespace(value="namespace", function=int), m
print(hot())
m = sys
print(hot(), other.value)

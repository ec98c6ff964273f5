"""A router for paths: patterns compiled to regular expressions, converters, middlewares as generators, reverse lookups, errors."""
import re
from functools import wraps
from inspect import signature
from urllib.parse import parse_qs, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

CONVERTERS = {"str": (r"[^/]+", str), "int": (r"-?\d+", int), "path": (r".+", str), "hex": (r"[0-9a-f]+", lambda t: int(t, 16))}


class NotFound(LookupError):
    pass


class Route:
    def __init__(self, pattern, function):
        self.pattern, self.function, self.kinds = pattern, function, {}
        regex = re.sub(r"<(?:(\w+):)?(\w+)>", self.part, re.sub(r"([.+*?(){}^$|])", r"\\\1", pattern))
        self.regex = re.compile(regex)

    def part(self, m):
        text, self.kinds[m[2]] = CONVERTERS[m[1] or "str"]
        return f"(?P<{m[2]}>{text})"

    def match(self, path):
        if found := self.regex.fullmatch(path):
            return {name: self.kinds[name](unquote(text)) for name, text in found.groupdict().items()}

    def build(self, **values):
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda m: quote(str(values.pop(m[1])), safe=""), self.pattern)
        return path + (f"?{urlencode(values, doseq=True)}" if values else "")


class Router:
    def __init__(self):
        self.routes, self.names, self.middlewares = [], {}, []

    def route(self, pattern, name=None):
        def register(function):
            route = Route(pattern, function)
            self.routes.append(route)
            self.names[name or function.__name__] = route
            return function
        return register

    def middleware(self, function):
        self.middlewares.append(function)
        return function

    def call(self, url):
        parts = urlsplit(url)
        for route in self.routes:
            if (values := route.match(parts.path)) is not None:
                query = {k: v[0] if len(v) == 1 else v for k, v in parse_qs(parts.query, keep_blank_values=True).items()}
                known = signature(route.function).parameters
                call = lambda: route.function(**values, **{k: v for k, v in query.items() if k in known})
                for middleware in reversed(self.middlewares):
                    call = self.wrap(middleware, call, url)
                return call()
        raise NotFound(parts.path)

    def wrap(self, middleware, inner, url):
        @wraps(inner)
        def call():
            g = middleware(url)
            next(g)
            try:
                result = inner()
            except Exception as error:
                try:
                    return g.throw(error)
                finally:
                    g.close()
            try:
                return g.send(result)
            except StopIteration as stop:
                return stop.value or result
        return call


router, log = Router(), []


@router.middleware
def logging(url):
    log.append(f"> {url}")
    result = yield
    log.append(f"< {result}")
    yield f"[{result}]"


@router.middleware
def errors(url):
    try:
        yield
    except ZeroDivisionError as error:
        yield f"500 {error}"


@router.route("/")
def index(): return "index"
@router.route("/user/<int:id>")
def user(id, tab="main"): return f"user {id!r} {tab!r}"
@router.route("/user/<name>")
def by_name(name): return f"name {name!r}"
@router.route("/files/<path:path>.txt", "files")
def file(path, q=None): return f"file {path!r} {q!r}"
@router.route("/colour/<hex:c>/div/<int:n>")
def divide(c, n): return c // n


for url in ("/", "/user/42?tab=x&other=1", "/user/ann%20b", "/user/-7", "/files/a/b.c.txt?q=1&q=2", "/colour/ff/div/2", "/colour/ff/div/0", "/nope", "/user/", "http://host:80/user/5;x?tab=a%26b#frag", "/files/.txt"):
    try:
        print(url, "=>", router.call(url))
    except (NotFound, TypeError) as error:
        print(url, "=>", type(error).__name__, error)
print(log[:4], len(log))
print(router.names["user"].build(id=5, tab="a b"), router.names["files"].build(path="x/y", q=[1, "ü"]), router.names["by_name"].build(name="a/b c"))
print(urljoin("http://a/b/c/d", "../e?x=1"), urljoin("http://a/b", "//other/z"), urlunsplit(("s", "n", "/p", "q=1", "f")), urlsplit("http://u:p@h:8080/x").port, urlsplit("HTTP://[::1]:5/p").hostname)
for bad in ("http://h:99999/", "http://[bad/", "http://h:x/"):
    try:
        print(urlsplit(bad).port)
    except ValueError as error:
        print(error)

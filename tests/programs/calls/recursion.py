def fact(n): return 1 if n < 2 else n * fact(n - 1)
print(fact(50))
def ack(m, n):
    return n + 1 if m == 0 else ack(m - 1, 1) if n == 0 else ack(m - 1, ack(m, n - 1))
print(ack(2, 3))
def forever(n): return forever(n + 1)
try:
    forever(0)
except RecursionError as error:
    print(error)
class R:
    def __repr__(self): return repr(self)
try:
    repr(R())
except RecursionError as error:
    print(type(error).__name__)

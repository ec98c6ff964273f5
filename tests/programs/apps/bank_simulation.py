"""A bank: accounts with Decimal balances, transactions as context managers, roll-back, statements, custom errors."""
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal


class BankError(Exception):
    pass


class InsufficientFunds(BankError):
    def __init__(self, account, needed):
        super().__init__(account.owner, needed)
        self.account, self.needed = account, needed

    def __str__(self):
        return f"{self.account.owner} is short of {self.needed}"


@dataclass(order=True)
class Account:
    owner: str
    balance: Decimal = field(default=Decimal(0), compare=False)
    limit: Decimal = field(default=Decimal(0), repr=False, compare=False)
    history: list = field(default_factory=list, repr=False, compare=False)

    def __iadd__(self, amount):
        changed = self.balance + Decimal(amount)
        if changed < -self.limit:
            raise InsufficientFunds(self, -self.limit - changed)
        self.balance = changed
        self.history.append(Decimal(amount))
        return self

    def __isub__(self, amount):
        self += -Decimal(amount)
        return self


@contextmanager
def transaction(*accounts):
    saved = [(account, account.balance, len(account.history)) for account in accounts]
    try:
        yield accounts
    except BankError:
        for account, balance, length in saved:
            account.balance = balance
            del account.history[length:]
        raise


def transfer(source, target, amount):
    with transaction(source, target):
        target += amount
        source -= amount


def attempt(action, *args):
    try:
        action(*args)
    except BankError as error:
        print(f"{type(error).__name__}: {error}")


ann, bob = Account("Ann", Decimal("100.10")), Account("Bob", limit=Decimal(50))
cleo = Account("Cleo")
attempt(transfer, ann, bob, "60.05")
attempt(transfer, ann, bob, "60.05")
attempt(transfer, bob, cleo, "110.06")
attempt(transfer, bob, cleo, "110.05")
print(ann, bob, cleo, sep="\n")
print(sorted([cleo, bob, ann])[0].owner, ann < bob, ann == Account("Ann"), sum((a.balance for a in (ann, bob, cleo)), Decimal()))


def interest(account, rate):
    amount = (account.balance * Decimal(rate)).quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN)
    account += amount
    return amount


print([str(interest(a, "0.0125")) for a in (ann, cleo)])


def payroll(source, targets, amount):
    with ExitStack() as stack:
        for target in targets:
            stack.enter_context(transaction(source, target))
            target += amount
            source -= amount


attempt(payroll, cleo, [ann, bob], "40")
attempt(payroll, cleo, [ann, bob], "40")
for account in (ann, bob, cleo):
    print(f"{account.owner:>6} {account.balance:>10,.2f} {' '.join(f'{h:+}' for h in account.history)}")

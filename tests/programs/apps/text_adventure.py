"""A text adventure as a state machine: enum states, match on commands, an inventory, transitions checked."""
import enum


class Room(enum.Enum):
    HALL = "a hall with a locked door to the north"
    CELLAR = "a cellar, damp and dark"
    GARDEN = "a garden full of roses"
    END = "the end of the story"

    @property
    def title(self):
        return self.name.capitalize()


class State(enum.Flag):
    NONE = 0
    LIT = enum.auto()
    OPEN = enum.auto()
    BOTH = LIT | OPEN


EXITS = {(Room.HALL, "down"): Room.CELLAR, (Room.CELLAR, "up"): Room.HALL, (Room.HALL, "north"): Room.GARDEN,
         (Room.GARDEN, "south"): Room.HALL}


class Game:
    def __init__(self):
        self.room, self.state, self.turns = Room.HALL, State.NONE, 0
        self.items = {Room.HALL: {"lamp"}, Room.CELLAR: {"key", "rat"}, Room.GARDEN: {"rose"}, "bag": set()}

    def do(self, line):
        self.turns += 1
        match line.split():
            case ["go", way] | [("up" | "down" | "north" | "south") as way]:
                return self.go(way)
            case ["take", "rat"]:
                return "It bites you."
            case ["take", thing] if thing in self.items[self.room]:
                if self.room is Room.CELLAR and State.LIT not in self.state:
                    return "You see nothing here."
                self.items[self.room].remove(thing)
                self.items["bag"].add(thing)
                return f"Taken: {thing}."
            case ["take", *_, last]:
                return f"There is no {last}."
            case ["light", "lamp"] if "lamp" in self.items["bag"]:
                self.state |= State.LIT
                return "It shines."
            case ["open", "door"]:
                if "key" not in self.items["bag"]:
                    return "Locked."
                self.state ^= State.OPEN
                return "Open." if self.state & State.OPEN else "Closed again."
            case ["look"]:
                there = sorted(self.items[self.room]) if self.room is not Room.CELLAR or self.state & State.LIT else ["darkness"]
                return f"{self.room.value}; {', '.join(there) or 'nothing'}"
            case ["i"] | ["inventory"]:
                return f"{sorted(self.items['bag'])} {self.state!r}"
            case ["give", ("rose" | "lamp") as gift, "to", who]:
                if gift in self.items["bag"]:
                    self.room = Room.END
                    return f"{who.title()} is glad of the {gift}."
                return "You have none."
            case []:
                self.turns -= 1
                return "?"
            case [verb, *rest]:
                return f"Cannot {verb} {len(rest)} things."

    def go(self, way):
        target = EXITS.get((self.room, way))
        if target is None:
            return "No way."
        if target is Room.GARDEN and not self.state & State.OPEN:
            return "The door is closed."
        self.room = target
        return target.title


game = Game()
script = """look;north;open door;down;look;take key;up;take lamp;take the big lamp;light lamp;go down;look;take rat;take key
;up;open door;i;open door;north;open door;north;look;take rose;;dance with wolves;south;give lamp;give rose to the rat;give rose to rat"""
for line in script.split(";"):
    print(f"{line.strip():24}> {game.do(line)}")
print(game.turns, game.room, game.state, game.state is State.BOTH, [room.title for room in Room])

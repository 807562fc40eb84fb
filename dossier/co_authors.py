"""Co-authors of one initiative: one name a line where they are kept, parted by semicolons where there is one line."""


def on_one_line(names: str) -> str:
    """ "A", line feed, "B" as "A; B"; a comma or semicolon that ends a line gives way to the new one."""
    lines = [line.strip() for line in names.splitlines()]
    named = [line for line in lines if line]
    return "; ".join([*(line.rstrip(",; ") for line in named[:-1]), *named[-1:]])

"""Fills a stopped emulator's data folder with copies of the one thread that it holds: many, with many messages each.

The copies are made inside SQLite, a million messages in seconds. All that a row has is taken over from what the emulator
wrote itself, but for what must differ.
"""

import sqlite3


def copy(database, table, source, **changes):
    """Inserts a copy of each row of `source`, with other values for some columns."""
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    values = ", ".join(changes.get(name, f"{table}.{name}") for name in columns)
    database.execute(f"INSERT INTO {table} SELECT {values} FROM {source}")


def fill(path, threads, messages):
    """Makes it `threads` threads with `messages` messages each, and gives their ids."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    database.execute("PRAGMA cache_size = -200000")
    (first, begun), = database.execute("SELECT id, created_on FROM threads")
    database.execute("CREATE TEMP TABLE copies (n INTEGER PRIMARY KEY, id TEXT)")
    database.execute(
        "INSERT INTO copies WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < ?)"
        " SELECT n, printf('19:%032d@thread.v2', n) FROM counted", [max(threads, messages)])
    database.execute("BEGIN")
    one, many = f"'{first}'", f"copies.n <= {threads}"
    copy(database, "threads", f"threads, copies WHERE threads.id = {one} AND {many}", id="copies.id",
         changed_on="threads.changed_on + copies.n", last_sequence=str(messages), last_id=f"{begun + messages}")
    changes = {"thread": "copies.id"}
    copy(database, "participants", f"participants, copies WHERE participants.thread = {one} AND {many}",
         **changes, changed_on=f"(SELECT changed_on FROM threads WHERE id = copies.id)")
    copy(database, "messages",
         f"(SELECT * FROM messages WHERE thread = {one} ORDER BY id DESC LIMIT 1) AS messages, copies, copies AS count"
         f" WHERE {many} AND count.n <= {messages} ORDER BY copies.n, count.n",
         **changes, id=f"{begun} + count.n", version=f"{begun} + count.n", sequence="count.n")
    for table in ("messages", "participants", "receipts"):
        database.execute(f"DELETE FROM {table} WHERE thread = ?", [first])
    database.execute("DELETE FROM threads WHERE id = ?", [first])
    database.execute("COMMIT")
    ids = [row[0] for row in database.execute("SELECT id FROM threads ORDER BY id")]
    database.close()
    return ids

"""A Chat service whose messages have attachments, which come from Teams only: the emulator's, with what it lacks added."""

import json
import time

from passage import Passage


class AttachedChat(Passage):
    """Adds `attachments` to each message that is asked for, and answers for the files of `give`.

    A file is bytes, or a function that gives a whole answer. `asked` has the path of each file that was asked for, with the
    Authorization field that came along.
    """

    def __init__(self, emulator):
        self.attachments, self.files, self.asked = [], {}, []
        super().__init__(emulator.facts["httpEndpoint"])

    def attach(self, name, content=None, kind="image", url=None, id=None):
        """Another attachment of each message, `content` in a file of this server's unless `url` says where it is."""
        number = len(self.attachments) + 1
        path = f"/chat/threads/t/images/{number}/views/original"
        self.files[path] = content
        attachment = {"id": id or f"id-{number}", "attachmentType": kind, "name": name,
                      "url": url or f"{self.root}{path}?api-version=2024-03-07", "previewUrl": f"{self.root}/small"}
        self.attachments.append({name: value for name, value in attachment.items() if value is not None})

    def pass_on(self, method, path, headers, body):
        place = path.partition("?")[0]
        if place in self.files:
            self.asked.append((place, headers.get("Authorization")))
            content = self.files[place]
            return content() if callable(content) else (200, [("Content-Type", "image/png")], content)
        status, fields, answer = super().pass_on(method, path, headers, body)
        if method == "GET" and "/messages" in place and status == 200:
            document = json.loads(answer)
            for message in document.get("value", [document]):
                message["content"]["attachments"] = self.attachments
            answer = json.dumps(document).encode()
        return status, fields, answer


def announced(size, pieces):
    """An answer that announces so many bytes and brings these."""
    return lambda: (200, [("Content-Length", str(size))], iter(pieces))


def silent(first):
    """An answer that begins and does not go on."""
    def pieces():
        yield first
        time.sleep(30)
    return lambda: (200, [("Content-Length", str(1 << 20))], pieces())


def dripping(pieces, pause):
    """An answer that comes slowly."""
    def slowly():
        for piece in pieces:
            time.sleep(pause)
            yield piece
    return lambda: (200, [], slowly())

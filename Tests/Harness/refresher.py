"""A token service between the client and the real one, which may keep to an old answer."""

from passage import Passage


class Refresher(Passage):
    """Passes requests for tokens on, or answers `stale` while that is set; counts what it was asked for."""

    def __init__(self, service):
        self.stale = None
        super().__init__(service.facts["endpoint"])
        self.facts = service.facts | {"endpoint": self.root, "tokenURL": f"{self.root}/token"}

    @property
    def asked(self):
        return len(self.requests)

    def pass_on(self, method, path, headers, body):
        if self.stale is None:
            return super().pass_on(method, path, headers, body)
        return 200, [("Content-Type", "application/json")], self.stale

"""The part of RQ that the tests use: the list of workers."""

import json


class Worker:
    def __init__(self, record):
        self._record = record

    @classmethod
    def all(cls, connection):
        return [cls(json.loads(connection.get(key) or '{"queues": []}')) for key in connection.scan_iter("rq:worker:*")]

    def queue_names(self):
        return self._record["queues"]

    def get_state(self):
        return self._record.get("state")

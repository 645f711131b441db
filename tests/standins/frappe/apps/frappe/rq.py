"""The part of RQ that the tests use: the list of workers."""


class Worker:
    def __init__(self, record):
        self._record = record

    @classmethod
    def all(cls, connection):
        records = (connection.hgetall(key) for key in connection.smembers("rq:workers"))
        return [cls(record) for record in records if record]

    def queue_names(self):
        return self._record["queues"].split(",")

    def get_state(self):
        return self._record.get("state")

"""A phone in Python: the generated face of the core, its owner's hands, and a network."""

import json
import os
import time
import urllib.error
import urllib.request
import uuid

import mobile_shared


class Phone:
    """One phone whose files lie in `folder` and whose server is at `address`."""

    def __init__(self, folder, address):
        self.core = mobile_shared.Core.open(folder, "Python phone", "")
        self.address = address
        self.requests = []

    def happen(self, **event):
        """Tells the core what happened; returns what it asks for, requests aside."""
        now = int(time.time() * 1000)
        effects = json.loads(self.core.handle(json.dumps(event), now, os.urandom(16)))
        self.requests += [effect for effect in effects if effect["type"] == "send"]
        return [effect for effect in effects if effect["type"] != "send"]

    def settle(self):
        """Carries requests to the server and answers back until there are none."""
        while self.requests:
            request = self.requests.pop(0)
            self.happen(request=request["request"], **self._answer(request))

    def sign_in(self, login, password):
        self.happen(type="online")
        self.happen(type="signIn", login=login, password=password)
        self.settle()

    def do(self, agency, **intent):
        """Does one thing; it is kept when this returns, or refused."""
        effects = self.happen(type="do", id=str(uuid7()), agency=agency, intent=intent)
        refused = [effect for effect in effects if effect["type"] == "refused"]
        assert not refused, refused

    def sync(self):
        """Gets in contact until nothing is left to do."""
        self.happen(type="hello")
        self.settle()

    def read(self, screen, **what):
        return json.loads(self.core.read(json.dumps({"screen": screen, **what}), int(time.time() * 1000)))

    def cards(self):
        """The students on the home screen, by id."""
        return {card["id"]: card for card in self.read("home")["students"]}

    def student(self, card):
        return self.read("student", agency=card["agency"], id=card["id"])

    def visit(self, card, note):
        """The one visit with this note; None if there is none."""
        visits = [visit for visit in self.student(card)["visits"] if visit["note"] == note]
        assert len(visits) <= 1, visits
        return visits[0] if visits else None

    def _answer(self, request):
        sent = urllib.request.Request(
            self.address + request["path"],
            data=request["body"].encode(),
            headers=request["headers"],
            method=request["method"],
        )
        try:
            with urllib.request.urlopen(sent, timeout=60) as reply:
                return {"type": "reply", "status": reply.status, "body": reply.read().decode()}
        except urllib.error.HTTPError as refusal:
            with refusal:
                return {"type": "reply", "status": refusal.code, "body": refusal.read().decode()}
        except OSError:
            return {"type": "failed"}


def uuid7():
    """An id that sorts by time (RFC 9562)."""
    value = int(time.time() * 1000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    return uuid.UUID(int=value & ~(0x3 << 62) | 0x2 << 62)

"""A visit in a basement, through the Python face of the phone core and the real server.

Run by `cargo xtask test python`, which generates the face and names the server's program in
AIMLINE_PROGRAM.
"""

import tempfile
import time
import unittest

import mobile_shared
from phone import Phone
from server import Server

PROVIDER = ("provider", "yellow river lantern")
PARENT = ("parent", "morning garden kite")
NOTE = "Dijo su nombre dos veces. 👏"


class OfflineVisit(unittest.TestCase):
    def folder(self):
        return self.enterContext(tempfile.TemporaryDirectory(prefix="aimline-phone-"))

    def phone_of(self, server, sign_in):
        phone = Phone(self.folder(), server.address)
        phone.sign_in(*sign_in)
        self.assertEqual(phone.read("session")["state"], "ready")
        return phone

    def test_a_visit_logged_offline_survives_the_phone_and_reaches_everybody_else(self):
        server, folder = self.enterContext(Server()), self.folder()
        parent = self.phone_of(server, PARENT)
        phone = Phone(folder, server.address)
        phone.sign_in(*PROVIDER)
        child = self.child_of_both(phone, parent)

        phone.happen(type="offline")
        self.log_visit(phone, child)
        self.assertEqual(phone.requests, [], "nothing is asked of a network that is not there")

        # Closed and opened again without a network: it is there, and not sent.
        phone = Phone(folder, server.address)
        self.assertEqual([op["state"] for op in phone.read("outbox")["operations"]], ["waiting"])
        self.assertTrue(phone.visit(child, NOTE)["pending"])

        phone.happen(type="online")
        phone.settle()
        self.assertEqual(phone.read("outbox")["operations"], [])
        self.assertFalse(phone.visit(child, NOTE)["pending"])

        other = self.phone_of(server, PROVIDER)
        self.assertEqual(other.visit(child, NOTE)["minutes"], 30)
        self.assertEqual(self.latest_scores(other, child), self.latest_scores(phone, child))

        self.assertIsNone(parent.visit(child, NOTE))
        parent.sync()
        self.assertEqual(parent.visit(child, NOTE)["minutes"], 30)

    def test_what_the_core_does_not_understand_is_an_error_and_changes_nothing(self):
        phone = Phone(self.folder(), "http://127.0.0.1:9")
        with self.assertRaises(mobile_shared.CoreError.Failed):
            phone.happen(type="sing")
        with self.assertRaises(mobile_shared.CoreError.Failed):
            phone.core.handle('{"type":"hello"}', 0, b"short")
        self.assertEqual(phone.read("session")["state"], "signedOut")

    def child_of_both(self, phone, parent):
        """The parent's child whom the provider serves and who has a goal."""
        both = phone.cards().keys() & parent.cards().keys()
        for card in (phone.cards()[child] for child in both):
            if phone.student(card)["goals"]:
                return card
        self.fail("the provider serves no child of this parent")

    def log_visit(self, phone, child):
        goal = phone.student(child)["goals"][0]["id"]
        now = int(time.time() * 1000)
        phone.do(
            child["agency"],
            name="LogVisit",
            student=child["id"],
            service=next(role["service"] for role in child["roles"] if role["service"]),
            startedAt=now - 1_800_000,
            endedAt=now,
            attendance="present",
            note=NOTE,
            points=[{"goal": goal, "status": "scored", "scored": n, "possible": 10} for n in (6, 7, 8)],
        )

    def latest_scores(self, phone, child):
        return [point["value"] for point in phone.student(child)["goals"][0]["points"][-3:]]


if __name__ == "__main__":
    unittest.main()

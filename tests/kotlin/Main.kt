// A visit in a basement, through the Kotlin face of the phone core and the real server. Run by
// `cargo xtask test --long kotlin`, which generates the face, compiles it with these files as they
// are, and names the server's program in AIMLINE_PROGRAM.

import com.google.gson.JsonObject
import java.nio.file.Files
import uniffi.mobile_shared.CoreException

const val NOTE = "Dijo su nombre dos veces. 👏"

fun main() {
    aVisitLoggedOfflineSurvivesThePhoneAndReachesEverybodyElse()
    whatTheCoreDoesNotUnderstandIsAnExceptionAndChangesNothing()
    aClosedCoreSaysSo()
}

fun aVisitLoggedOfflineSurvivesThePhoneAndReachesEverybodyElse() = story { server ->
    val parent = phoneOf(server, "parent", "morning garden kite")
    val folder = folder()
    var phone = Phone(folder, server.address)
    phone.signIn("provider", "yellow river lantern")
    val child = childOfBoth(phone, parent)

    phone.happen("offline")
    logVisit(phone, child)
    check(phone.requests == 0) { "nothing is asked of a network that is not there" }

    // Closed and opened again without a network: it is there, and not sent.
    phone.close()
    phone = Phone(folder, server.address)
    check(phone.outbox().map { it.text("state") } == listOf("waiting"))
    check(phone.visit(child, NOTE)!!["pending"].asBoolean)

    phone.happen("online")
    phone.settle()
    check(phone.outbox().isEmpty())
    check(!phone.visit(child, NOTE)!!["pending"].asBoolean)

    val other = phoneOf(server, "provider", "yellow river lantern")
    check(other.visit(child, NOTE)!!["minutes"].asInt == 30)
    check(parent.visit(child, NOTE) == null)
    parent.sync()
    check(parent.visit(child, NOTE)!!["minutes"].asInt == 30)
}

fun whatTheCoreDoesNotUnderstandIsAnExceptionAndChangesNothing() {
    val phone = Phone(folder(), "http://127.0.0.1:9")
    val failed = runCatching { phone.happen("sing") }.exceptionOrNull()
    check(failed is CoreException.Failed) { "$failed" }
    check(phone.read("screen" to "session").asJsonObject.text("state") == "signedOut")
}

fun aClosedCoreSaysSo() {
    val phone = Phone(folder(), "http://127.0.0.1:9")
    phone.close()
    check(runCatching { phone.cards() }.exceptionOrNull() is IllegalStateException)
}

fun story(tell: (Server) -> Unit) = Server().use(tell)

fun folder(): String = Files.createTempDirectory("aimline-phone-").toFile().also { it.deleteOnExit() }.path

fun phoneOf(server: Server, login: String, password: String) = Phone(folder(), server.address).apply {
    signIn(login, password)
    check(read("screen" to "session").asJsonObject.text("state") == "ready")
}

/** The parent's child whom the provider serves and who has a goal. */
fun childOfBoth(phone: Phone, parent: Phone): JsonObject {
    val both = phone.cards().filterKeys(parent.cards()::containsKey).values
    return both.first { phone.student(it).list("goals").isNotEmpty() }
}

fun logVisit(phone: Phone, child: JsonObject) {
    val goal = phone.student(child).list("goals").first().text("id")
    val service = child.list("roles").first { !it["service"].isJsonNull }.text("service")
    val now = System.currentTimeMillis()
    val points = (6..8).map { json("goal" to goal, "status" to "scored", "scored" to it, "possible" to 10) }
    phone.act(
        child.text("agency"),
        json(
            "name" to "LogVisit",
            "student" to child.text("id"),
            "service" to service,
            "startedAt" to now - 1_800_000,
            "endedAt" to now,
            "attendance" to "present",
            "note" to NOTE,
            "points" to points.asJson(),
        ),
    )
}

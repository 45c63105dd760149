import com.google.gson.JsonArray
import com.google.gson.JsonElement
import com.google.gson.JsonObject
import com.google.gson.JsonParser
import java.io.IOException
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.security.SecureRandom
import java.util.UUID
import uniffi.mobile_shared.Core

/** A phone: the face as Android would compile it, its owner's hands, and a network. */
class Phone(folder: String, private val address: String) : AutoCloseable {
    private val core = Core.open(folder, "Kotlin phone", "")
    private val http = HttpClient.newHttpClient()
    private val waiting = ArrayDeque<JsonObject>()

    val requests get() = waiting.size

    /** Tells the core what happened; returns what it asks for, requests aside. */
    fun happen(event: JsonObject): List<JsonObject> {
        val entropy = ByteArray(16).also(SecureRandom()::nextBytes)
        val effects = core.handle(event.toString(), System.currentTimeMillis(), entropy)
        val (sends, others) = JsonParser.parseString(effects).asJsonArray.map { it.asJsonObject }
            .partition { it.text("type") == "send" }
        waiting += sends
        return others
    }

    fun happen(type: String) = happen(json("type" to type))

    /** Carries requests to the server and answers back until there are none. */
    fun settle() {
        while (true) happen(answer(waiting.removeFirstOrNull() ?: return))
    }

    fun signIn(login: String, password: String) {
        happen("online")
        happen(json("type" to "signIn", "login" to login, "password" to password))
        settle()
    }

    fun sync() {
        happen("hello")
        settle()
    }

    /** Does one thing; it is kept when this returns, or refused. */
    fun act(agency: String, intent: JsonObject) {
        val id = UUID.randomUUID().toString()
        val refused = happen(json("type" to "do", "id" to id, "agency" to agency, "intent" to intent))
            .filter { it.text("type") == "refused" }
        check(refused.isEmpty()) { refused.toString() }
    }

    fun read(vararg ask: Pair<String, Any>): JsonElement =
        JsonParser.parseString(core.read(json(*ask).toString(), System.currentTimeMillis()))

    fun outbox() = read("screen" to "outbox").asJsonObject.list("operations")

    /** The students on the home screen, by id. */
    fun cards() = read("screen" to "home").asJsonObject.list("students").associateBy { it.text("id") }

    fun student(card: JsonObject) =
        read("screen" to "student", "agency" to card.text("agency"), "id" to card.text("id")).asJsonObject

    /** The one visit with this note; null if there is none. */
    fun visit(card: JsonObject, note: String) = student(card).list("visits").singleOrNull { it.text("note") == note }

    override fun close() = core.close()

    private fun answer(request: JsonObject): JsonObject {
        val name = request.text("request")
        val sent = HttpRequest.newBuilder(URI(address + request.text("path")))
            .method(request.text("method"), HttpRequest.BodyPublishers.ofString(request.text("body")))
        request["headers"].asJsonObject.entrySet().forEach { (header, value) -> sent.header(header, value.asString) }
        return try {
            val reply = http.send(sent.build(), HttpResponse.BodyHandlers.ofString())
            json("type" to "reply", "request" to name, "status" to reply.statusCode(), "body" to reply.body())
        } catch (_: IOException) {
            json("type" to "failed", "request" to name)
        }
    }
}

fun JsonObject.text(name: String): String = this[name].asString

fun JsonObject.list(name: String): List<JsonObject> = this[name].asJsonArray.map { it.asJsonObject }

fun json(vararg fields: Pair<String, Any>) = JsonObject().apply {
    fields.forEach { (name, value) ->
        when (value) {
            is JsonElement -> add(name, value)
            is Number -> addProperty(name, value)
            else -> addProperty(name, value.toString())
        }
    }
}

fun List<JsonObject>.asJson() = JsonArray().also { forEach(it::add) }

import java.io.File
import java.nio.file.Files
import java.util.concurrent.TimeUnit

/** The real server with its sample district, in a folder of its own. */
class Server : AutoCloseable {
    private val folder: File = Files.createTempDirectory("aimline-server-").toFile()
    private val process: Process
    val address: String

    init {
        val words = listOf(System.getenv("AIMLINE_PROGRAM"), "serve", "--sample", "--port", "0", "--data-dir", folder.path)
        process = ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start()
        val told = process.inputStream.bufferedReader().lineSequence().firstNotNullOfOrNull {
            Regex("Aimline is at (http://[^/\\s]+)").find(it)
        }
        address = checkNotNull(told) { "the server ended before it said where it is" }.groupValues[1]
    }

    override fun close() {
        process.destroy()
        process.waitFor(30, TimeUnit.SECONDS)
        folder.deleteRecursively()
    }
}

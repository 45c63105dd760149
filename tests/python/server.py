"""The real server with its sample district, in a folder of its own."""

import os
import re
import subprocess
import tempfile


class Server:
    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="aimline-server-")
        program = [os.environ["AIMLINE_PROGRAM"], "serve", "--sample", "--port", "0", "--data-dir", self._folder.name]
        quiet = {"stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen(program, stdout=subprocess.PIPE, text=True, **quiet)
        for line in self._process.stdout:
            if found := re.search(r"Aimline is at (http://[^/\s]+)", line):
                self.address = found[1]
                return self
        raise RuntimeError("the server ended before it said where it is")

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(30)
        self._process.stdout.close()
        self._folder.cleanup()

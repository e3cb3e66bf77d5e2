"""Drives Chromium through chromedriver, by the W3C WebDriver protocol and nothing but Python's own library."""

import base64
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
KEYS = {
    "Tab": "\ue004", "Enter": "\ue007", "Escape": "\ue00c", "Control": "\ue009", "Shift": "\ue008", "ArrowDown": "\ue015",
    "ArrowUp": "\ue013", "ArrowLeft": "\ue012", "ArrowRight": "\ue014", "Backspace": "\ue003", "Home": "\ue011", "End": "\ue010",
}


class Failure(Exception):
    """What the browser refused, or what did not come to be in time."""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Browser:
    def __init__(self, downloads, width=1280, height=900):
        for program, package in [("chromedriver", "chromium-driver"), ("chromium", "chromium")]:
            if not shutil.which(program):
                raise Failure(f"there is no {program}: install Debian's {package} with `scripts/bootstrap web`")
        port = free_port()
        self.profile = tempfile.mkdtemp(prefix="viewerhost-chromium-")
        self.driver = subprocess.Popen(["chromedriver", f"--port={port}", "--log-level=SEVERE"], stdout=subprocess.DEVNULL, start_new_session=True)
        self.address = f"http://127.0.0.1:{port}"
        self.session = None
        options = {
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--window-size={width},{height}",
                f"--user-data-dir={self.profile}",
            ],
            "prefs": {"download.default_directory": downloads, "download.prompt_for_download": False},
        }
        capabilities = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        wait(lambda: self.is_ready(), "chromedriver answers", 30)
        answer = self.call("POST", "/session", {"capabilities": {"alwaysMatch": capabilities}})
        self.session = answer["sessionId"]
        # Chromium says what policies forbid only to scripts that were there before.
        self.command("Page.addScriptToEvaluateOnNewDocument", source="""
            window.violations = [];
            document.addEventListener("securitypolicyviolation", (event) =>
              window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
        """)

    def is_ready(self):
        try:
            return self.call("GET", "/status")["ready"]
        except OSError:
            return False

    def call(self, method, path, body=None, seconds=60):
        data = None if body is None else json.dumps(body).encode()
        prefix = f"/session/{self.session}" if self.session else ""
        request = urllib.request.Request(self.address + prefix + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=seconds) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            value = json.load(error)["value"]
            raise Failure(f"{value['error']}: {value['message']}") from None

    def quit(self):
        """Ends the browser, also where it hangs: it is a child of the driver, in the driver's group of processes."""
        with contextlib.suppress(OSError, Failure):
            self.call("DELETE", "", seconds=10)
        os.killpg(self.driver.pid, signal.SIGKILL)
        self.driver.wait(30)
        shutil.rmtree(self.profile, ignore_errors=True)

    def command(self, name, **parameters):
        """A command of the DevTools protocol."""
        return self.call("POST", "/goog/cdp/execute", {"cmd": name, "params": parameters})

    def open(self, address):
        self.call("POST", "/url", {"url": address})

    def script(self, text, *arguments):
        """What the body of a function gives in the page; promises are waited for."""
        return self.call("POST", "/execute/sync", {"script": text, "args": list(arguments)})

    def element(self, selector):
        return self.call("POST", "/element", {"using": "css selector", "value": selector})

    def click(self, selector):
        self.call("POST", f"/element/{self.element(selector)[ELEMENT]}/click", {})

    def set_files(self, selector, *paths):
        """Chooses files in a file input, as its dialog would."""
        self.call("POST", f"/element/{self.element(selector)[ELEMENT]}/value", {"text": "\n".join(paths)})

    def keys(self, *keys):
        """Types texts and keys; `Control+Space` holds one down."""
        actions = []
        for key in keys:
            parts = key.split("+") if "+" in key and key.split("+")[0] in KEYS else None
            if parts:
                held, pressed = KEYS[parts[0]], KEYS.get(parts[1], " " if parts[1] == "Space" else parts[1])
                actions += [("keyDown", held), ("keyDown", pressed), ("keyUp", pressed), ("keyUp", held)]
            else:
                for letter in [KEYS[key]] if key in KEYS else key:
                    actions += [("keyDown", letter), ("keyUp", letter)]
        keyboard = {"type": "key", "id": "keyboard", "actions": [{"type": kind, "value": value} for kind, value in actions]}
        self.call("POST", "/actions", {"actions": [keyboard]})

    def text(self, selector):
        return self.script("return document.querySelector(arguments[0])?.innerText ?? null", selector)

    def is_shown(self, selector):
        return self.script("return Boolean(document.querySelector(arguments[0])?.checkVisibility())", selector)

    def wait_for(self, selector, seconds=20):
        wait(lambda: self.is_shown(selector), f"{selector} is shown", seconds)

    def errors(self):
        """What the console has of errors since it was asked last."""
        return [entry["message"] for entry in self.call("POST", "/se/log", {"type": "browser"}) if entry["level"] == "SEVERE"]

    def screenshot(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("GET", "/screenshot")))


def wait(condition, text, seconds=20):
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise Failure(f"after {seconds} s it is not so that {text}")
        time.sleep(0.05)

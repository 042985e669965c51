"""The directory of one comparison: inputs, the peers' files, and the results so far, so that a run can go on."""
import json
import os


class Work:
    """Paths and results; every finished step is on disk before the next begins."""

    def __init__(self, folder):
        self.folder = os.path.abspath(folder)
        os.makedirs(self.folder, exist_ok=True)
        self.results = self._load("results.json")

    def path(self, name):
        return os.path.join(self.folder, name)

    def _load(self, name):
        if not os.path.exists(self.path(name)):
            return {}
        with open(self.path(name), encoding="utf-8") as file:
            return json.load(file)

    def done(self, name):
        return name in self.results

    def keep(self, name, value):
        """Records what a step came to, whole or not at all."""
        self.results[name] = value
        write_json(self.path("results.json"), self.results)


def write_json(path, value):
    """Writes JSON whole or not at all."""
    with open(path + ".part", "w", encoding="utf-8") as file:
        json.dump(value, file, indent=1, sort_keys=True, ensure_ascii=False)
        file.write("\n")
    os.replace(path + ".part", path)

"""Archives for the tests of the web pages: a large one, and hostile ones."""

import io
import struct
import zipfile

VIEWING = (
    "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country\n"
)


def zipped(files, compression=zipfile.ZIP_DEFLATED):
    """A zip of texts by their paths."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return target.getvalue()


def large(rows=100_000):
    """An archive with that many viewings."""
    devices = ["Samsung 2021 4K Smart TV", "PC Chrome - Cadmium", "Apple iPhone 13", "Amazon Fire Kids Tablet"]
    lines = [VIEWING]
    for row in range(rows):
        day, second = row // 40, row * 97 % 86400
        year, month, date = 2015 + day // 336, day // 28 % 12 + 1, day % 28 + 1
        start = f"{year}-{month:02}-{date:02} {second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
        length = f"00:{row % 60:02}:{row * 7 % 60:02}"
        title = f"Harbour Street: Season {row % 9 + 1}: Tide {row % 500} (Episode {row % 12 + 1})"
        profile = ["Anna", "Petr", "Kids"][row % 3]
        lines.append(f"{profile},{start},{length},,{title},,{devices[row % 4]},{length},Not latest view,CZ (Czechia)\n")
    return zipped({"CONTENT_INTERACTION/ViewingActivity.csv": "".join(lines)})


def ratings():
    return "Profile Name,Title Name,Rating Type,Star Value,Thumbs Value,Device Model,Event Utc Ts,Region View Date\n" + (
        "Anna,The Long Field,thumb,,3,Samsung Tizen,2024-03-01 20:15:00,2024-03-01\n"
    )


def with_link():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        entry = zipfile.ZipInfo("link.csv")
        entry.create_system = 3
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return target.getvalue()


def patched(data, signature, offset, value):
    """The zip with bytes put in the first record of that signature."""
    place = data.index(signature) + offset
    return data[:place] + value + data[place + len(value) :]


def encrypted():
    return patched(zipped({"Ratings.csv": ratings()}), b"PK\x01\x02", 8, struct.pack("<H", 1))


def wrong_checksum():
    return patched(zipped({"Ratings.csv": ratings()}), b"PK\x01\x02", 16, b"\0\0\0\0")


def wrong_size():
    return patched(zipped({"Ratings.csv": ratings()}), b"PK\x01\x02", 24, struct.pack("<I", 5))


def bomb():
    """One file that unpacks to 80 MB of nothing."""
    return zipped({"Ratings.csv": ratings() + " " * (80 << 20)})


def overlapping():
    """Two entries of the list that are the same bytes of the file."""
    data = zipped({"Ratings.csv": ratings()})
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[start:end]
    tail = bytearray(data[end:])
    struct.pack_into("<HHI", tail, 8, 2, 2, 2 * len(entry))
    return data[:start] + entry + entry + bytes(tail)


def zip64():
    """A zip whose places and sizes are in the fields for large ones."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("Ratings.csv", "w", force_zip64=True) as file:
            file.write(ratings().encode())
    data = target.getvalue()
    end = data.index(b"PK\x05\x06")
    count, size, start = struct.unpack_from("<HII", data, end + 10)
    record = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, count, count, size, start)
    locator = struct.pack("<IIQI", 0x07064B50, 0, end, 1)
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return data[:end] + record + locator + tail


HOSTILE = {
    "a path that leads out": (lambda: zipped({"../Ratings.csv": ratings()}), "is a path that leads out of the archive"),
    "a path from the root": (lambda: zipped({"/etc/Ratings.csv": ratings()}), "is a path that leads out of the archive"),
    "a link": (with_link, "is a link; nothing was read"),
    "an encrypted file": (encrypted, "is encrypted: unpack it with its password"),
    "a checksum that is wrong": (wrong_checksum, "is damaged (its checksum is wrong)"),
    "a size that is wrong": (wrong_size, "has another size than the zip says"),
    "a bomb": (bomb, "is taken for a zip bomb"),
    "files that overlap": (overlapping, "overlaps with what follows it"),
    "an end that is missing": (lambda: zipped({"Ratings.csv": ratings()})[:-30], "is the download complete?"),
    "a list that is cut": (lambda: patched(zipped({"Ratings.csv": ratings()}), b"PK\x05\x06", 16, b"\xff\xff\0\0"), "its list of files is damaged"),
    "too many files": (lambda: zipped({f"{index}.csv": "" for index in range(10_001)}, zipfile.ZIP_STORED), "more than 10000 is no export"),
    "a text that is cut": (lambda: patched(zipped({"Ratings.csv": ratings()}), b"PK\x03\x04", 60, b"\xff" * 20), "is damaged"),
    "no archive": (lambda: b"not a zip at all", "is the download complete?"),
}

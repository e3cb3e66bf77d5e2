"""Numbers that belong to people, valid ones and ones that only look so."""

import string

# Prefixes of schemes and lengths of their numbers.
CARDS = [("4", 16), ("51", 16), ("55", 16), ("2221", 16), ("34", 15), ("37", 15), ("6011", 16), ("3528", 16),
         ("36", 14), ("6759", 16), ("62", 16), ("6304", 18), ("4", 13), ("62", 19)]

# What follows the check digits of an IBAN: n digits, c letters.
IBANS = {
    "DE": "n18", "FR": "n10c2n7n4", "ES": "n20", "NL": "c4n10", "IT": "c1n22", "GB": "c4n14", "BE": "n12", "AT": "n16",
    "CH": "n17", "PT": "n21", "PL": "n24", "SE": "n20", "DK": "n14", "NO": "n11", "FI": "n14", "IE": "c4n14",
    "CZ": "n20", "LU": "n16", "GR": "n23", "MT": "c4n5n18", "TR": "n22",
}

# Ways to write national numbers, by language: # is any digit, N one from 2 to 9.
NATIONAL = {
    "en": ["(N12) 555-0###", "N12-555-0###", "N12.555.0###", "N12 555 0###", "020 7946 0###", "07700 900###",
           "07700 900 ###", "0161 496 0###", "(0161) 496 0###", "1-N12-555-0###", "04## ### ###", "(02) 9### ####",
           "N125550###"],
    "de": ["030 2312 5###", "(030) 23125-###", "0171 39200##", "0151/5550####", "089-555 0###", "0664 5550###",
           "079 555 0# ##", "044 555 0# ##", "0221.555.0###", "06221 / 55 50 ##", "01715550###", "040/5550-###"],
    "fr": ["01 99 00 ## ##", "06 39 98 ## ##", "06.39.98.##.##", "0639 98 ## ##", "07-55-50-##-##", "0199 00 ####",
           "0639980###", "0470 55 0# ##", "02 555 0# ##", "022 555 0# ##", "N14 555-0###"],
    "es": ["612 34 0# ##", "612 340 ###", "91 555 0# ##", "915 550 ###", "612-340-###", "6123400##", "55 5550 0###",
           "93 555 0###", "(91) 555 0# ##", "11 5550-0###", "722.34.0#.##"],
    "nl": ["06-5550 ####", "06 55 50 ## ##", "065550####", "020-555 0###", "(020) 555 0###", "0475 55 0# ##", "02 555 0# ##",
           "010 - 555 0###", "06 - 55500###", "0493-550###"],
    "it": ["347 555 0###", "347-5550###", "3475550###", "02 5550 0###", "06 555 0####", "(06) 5550###", "051/5550##",
           "347 55 50 ###", "091 555 0# ##", "333.555.0###"],
}
INTERNATIONAL = [
    "+1 N12 555 0###", "+1-N12-555-0###", "+1 (N12) 555-0###", "+44 20 7946 0###", "+44 (0)20 7946 0###", "+447700900###",
    "0044 7700 900###", "+49 30 23125 ###", "+49 (0)171 39200##", "+49-171-39200##", "0049 171 39200##", "+43 664 5550###",
    "+41 44 555 0# ##", "+33 1 99 00 ## ##", "+33 (0)6 39 98 ## ##", "0033639980###", "+34 612 34 0# ##", "+34612340###",
    "+31 6 5550 ####", "+31 (0)20 555 0###", "0031 6 55500###", "+39 347 555 0###", "+39 06 5550 0###", "+32 470 55 0# ##",
    "+48 512 555 0##", "+46 70 174 06 ##", "+81 3-5550-0###", "+91 98765 0####", "+55 11 95550-0###", "+52 55 5550 0###",
    "+351 912 555 0##", "+420 601 555 0##", "+353 20 915 5###", "+61 491 570 ###", "+7 495 555-0#-##", "+972-50-555-0###",
]
EXTENSIONS = {
    "en": [" ext. ##", " x###", " extension ###", ", ext ##", " Ext.##"], "de": [" Durchwahl ##", " -##", " App. ##", " DW ##"],
    "fr": [" poste ##", " p. ###"], "es": [" ext. ##", " extensión ###"], "nl": [" toestel ##", " tst. ###"],
    "it": [" int. ##", " interno ###"],
}


def fill(pattern, random):
    """The pattern with its digits drawn."""
    digits = {"#": string.digits, "N": "23456789"}
    return "".join(random.choice(digits[mark]) if mark in digits else mark for mark in pattern)


def luhn_check_digit(digits):
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def grouped(text, sizes, separator):
    parts = []
    for size in sizes:
        parts.append(text[:size])
        text = text[size:]
    return separator.join(parts + ([text] if text else []))


def card(random, is_valid=True):
    prefix, length = random.choice(CARDS)
    digits = prefix + "".join(random.choice(string.digits) for _ in range(length - len(prefix) - 1))
    check = luhn_check_digit(digits)
    digits += check if is_valid else str((int(check) + 1 + random.below(8)) % 10)
    sizes = [4, 6, 5] if length == 15 else [4, 6, 4] if length == 14 else [4] * (length // 4)
    return grouped(digits, sizes, random.choice(["", " ", " ", "-"]))


def iban_check_digits(country, rest):
    number = int("".join(str(int(letter, 36)) for letter in rest + country + "00"))
    return f"{98 - number % 97:02}"


def iban(random, is_valid=True):
    country = random.choice(sorted(IBANS))
    rest, kind = "", None
    for part in IBANS[country].replace("n", " n").replace("c", " c").split():
        letters = string.digits if part[0] == "n" else string.ascii_uppercase
        rest += "".join(random.choice(letters) for _ in range(int(part[1:])))
    check = iban_check_digits(country, rest)
    if not is_valid:
        check = f"{(int(check) + 1 + random.below(90)) % 97 + 2:02}" if int(check) != 2 else "50"
        if check == iban_check_digits(country, rest):
            check = "99"
    text = country + check + rest
    style = random.below(5)
    if style == 0:
        return text
    if style == 1:
        return text.lower()
    return grouped(text, [4] * (len(text) // 4), random.choice([" ", " ", "-"]))


def ipv4(random):
    octets = [random.choice([10, 81, 172, 192, 203, 212])] + [random.below(256) for _ in range(3)]
    return ".".join(map(str, octets))


def ipv6(random):
    groups = [f"{random.below(65536):x}" for _ in range(8)]
    style = random.below(5)
    if style == 0:
        return ":".join(groups)
    if style == 1:
        return "2001:db8:" + ":".join(groups[:2]) + "::" + groups[7]
    if style == 2:
        return "fe80::" + ":".join(groups[4:])
    if style == 3:
        return "2A02:" + ":".join(groups[1:4]).upper() + "::1"
    return "::ffff:" + ipv4(random)

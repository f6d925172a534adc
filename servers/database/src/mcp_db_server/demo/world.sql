-- The schema `world`: the places of the world as GeoNames knows them, in blocks that run in this order:
-- lock, edition, drop, tables, (the rows), keys, describe_*, grant, mark.

-- name: lock
SELECT pg_advisory_xact_lock(hashtext('mcp-db-server demo'));

-- name: edition
SELECT obj_description(to_regnamespace('world'), 'pg_namespace');

-- name: drop
DROP SCHEMA IF EXISTS world CASCADE;

-- name: tables
CREATE SCHEMA world;

CREATE TABLE world.continents (
    code       text PRIMARY KEY CHECK (code ~ '^[A-Z]{2}$'),
    name       text NOT NULL UNIQUE,
    latitude   double precision NOT NULL CHECK (latitude BETWEEN -90 AND 90),
    longitude  double precision NOT NULL CHECK (longitude BETWEEN -180 AND 180),
    geoname_id integer NOT NULL UNIQUE
);

CREATE TABLE world.currencies (
    code text PRIMARY KEY CHECK (code ~ '^[A-Z]{3}$'),
    name text NOT NULL
);

CREATE TABLE world.countries (
    code           text PRIMARY KEY CHECK (code ~ '^[A-Z]{2}$'),
    iso3           text NOT NULL UNIQUE CHECK (iso3 ~ '^[A-Z]{3}$'),
    iso_numeric    smallint UNIQUE,
    name           text NOT NULL UNIQUE,
    continent_code text NOT NULL REFERENCES world.continents,
    capital        text,
    population     bigint NOT NULL CHECK (population >= 0),
    area_km2       integer CHECK (area_km2 > 0),
    currency_code  text REFERENCES world.currencies,
    calling_code   text,
    top_level_domain text,
    geoname_id     integer NOT NULL UNIQUE
);

CREATE TABLE world.country_languages (
    country_code  text NOT NULL REFERENCES world.countries,
    rank          smallint NOT NULL CHECK (rank > 0),
    language_tag  text NOT NULL,
    language_code text NOT NULL GENERATED ALWAYS AS (split_part(language_tag, '-', 1)) STORED,
    PRIMARY KEY (country_code, rank),
    UNIQUE (country_code, language_tag)
);

CREATE TABLE world.country_neighbours (
    country_code   text NOT NULL REFERENCES world.countries,
    neighbour_code text NOT NULL REFERENCES world.countries,
    PRIMARY KEY (country_code, neighbour_code),
    CHECK (country_code <> neighbour_code)
);

CREATE TABLE world.us_states (
    code       text PRIMARY KEY CHECK (code ~ '^[A-Z]{2}$'),
    name       text NOT NULL UNIQUE,
    fips       text NOT NULL UNIQUE CHECK (fips ~ '^[0-9]{2}$'),
    geoname_id integer NOT NULL UNIQUE
);

CREATE TABLE world.us_counties (
    fips       text PRIMARY KEY CHECK (fips ~ '^[0-9]{5}$'),
    name       text NOT NULL,
    state_code text NOT NULL REFERENCES world.us_states,
    UNIQUE (state_code, name)
);

CREATE TABLE world.cities (
    id            integer PRIMARY KEY,
    name          text NOT NULL,
    country_code  text NOT NULL REFERENCES world.countries,
    us_state_code text REFERENCES world.us_states CHECK (us_state_code IS NULL OR country_code = 'US'),
    admin1_code   text,
    is_capital    boolean NOT NULL,
    population    bigint NOT NULL CHECK (population >= 0),
    latitude      double precision NOT NULL CHECK (latitude BETWEEN -90 AND 90),
    longitude     double precision NOT NULL CHECK (longitude BETWEEN -180 AND 180),
    timezone      text NOT NULL
);

CREATE TABLE world.city_names (
    city_id integer NOT NULL,
    name    text NOT NULL
);

CREATE VIEW world.capitals AS
SELECT country.code AS country_code, country.name AS country, city.id AS city_id, city.name AS capital,
       city.population, city.latitude, city.longitude, city.timezone
FROM world.countries AS country
JOIN world.cities AS city ON city.country_code = country.code AND city.is_capital;

CREATE FUNCTION world.distance_km(
    latitude_a double precision, longitude_a double precision, latitude_b double precision, longitude_b double precision
) RETURNS double precision
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN 6371.0088 * 2 * asin(least(1, sqrt(
    sind((latitude_b - latitude_a) / 2) ^ 2
    + cosd(latitude_a) * cosd(latitude_b) * sind((longitude_b - longitude_a) / 2) ^ 2)));

-- name: keys
ALTER TABLE world.city_names
    ADD PRIMARY KEY (city_id, name),
    ADD FOREIGN KEY (city_id) REFERENCES world.cities;

CREATE INDEX city_names_name ON world.city_names (name);
CREATE INDEX cities_country_population ON world.cities (country_code, population DESC);
CREATE INDEX cities_population ON world.cities (population DESC);
CREATE INDEX cities_name ON world.cities (name);
CREATE INDEX cities_us_state ON world.cities (us_state_code) WHERE us_state_code IS NOT NULL;
CREATE UNIQUE INDEX cities_one_capital ON world.cities (country_code) WHERE is_capital;
CREATE INDEX countries_continent ON world.countries (continent_code);
CREATE INDEX countries_currency ON world.countries (currency_code);
CREATE INDEX country_languages_language ON world.country_languages (language_code);
CREATE INDEX country_neighbours_neighbour ON world.country_neighbours (neighbour_code);

-- name: describe_places
COMMENT ON TABLE world.continents IS 'The seven continents of GeoNames.';
COMMENT ON COLUMN world.continents.code IS 'Two-letter code, such as EU. NA is North America, not "none".';
COMMENT ON COLUMN world.continents.name IS 'English name.';
COMMENT ON COLUMN world.continents.latitude IS 'Of its middle, degrees north (WGS 84).';
COMMENT ON COLUMN world.continents.longitude IS 'Of its middle, degrees east (WGS 84).';
COMMENT ON COLUMN world.continents.geoname_id IS 'Number of the place at GeoNames.';

COMMENT ON TABLE world.countries IS 'Countries and dependent territories with an ISO 3166-1 code (and Kosovo), as of today.';
COMMENT ON COLUMN world.countries.code IS 'ISO 3166-1 alpha-2 code, such as NO; the key that all other tables use.';
COMMENT ON COLUMN world.countries.iso3 IS 'ISO 3166-1 alpha-3 code, such as NOR.';
COMMENT ON COLUMN world.countries.iso_numeric IS 'ISO 3166-1 numeric code; null for Kosovo, which has none.';
COMMENT ON COLUMN world.countries.name IS 'English short name.';
COMMENT ON COLUMN world.countries.continent_code IS 'The continent it belongs to; countries on two belong to one.';
COMMENT ON COLUMN world.countries.capital IS 'Name of the capital; null where there is none. Its city: cities.is_capital.';
COMMENT ON COLUMN world.countries.population IS 'Inhabitants, latest figure known to GeoNames; years differ.';
COMMENT ON COLUMN world.countries.area_km2 IS 'Area in whole square kilometres; null below one.';
COMMENT ON COLUMN world.countries.currency_code IS 'The official currency; null in Antarctica.';
COMMENT ON COLUMN world.countries.calling_code IS 'International dialling prefix without "+", such as 47 or 1-242; null where there is none.';
COMMENT ON COLUMN world.countries.top_level_domain IS 'Internet domain with its dot, such as .no.';
COMMENT ON COLUMN world.countries.geoname_id IS 'Number of the place at GeoNames.';

COMMENT ON TABLE world.cities IS 'Cities of 15,000 inhabitants or more, and the seats of regions, as GeoNames lists them.';
COMMENT ON COLUMN world.cities.id IS 'Number of the place at GeoNames.';
COMMENT ON COLUMN world.cities.name IS 'Usual name in Latin letters; not unique. Other names: city_names.';
COMMENT ON COLUMN world.cities.country_code IS 'The country it lies in.';
COMMENT ON COLUMN world.cities.us_state_code IS 'The state, in the United States; null elsewhere.';
COMMENT ON COLUMN world.cities.admin1_code IS 'GeoNames code of the state, province or region; unique within a country only.';
COMMENT ON COLUMN world.cities.is_capital IS 'Whether it is the capital of its country; at most one per country.';
COMMENT ON COLUMN world.cities.population IS 'Inhabitants of the place itself, without its agglomeration; 0 where unknown.';
COMMENT ON COLUMN world.cities.latitude IS 'Degrees north (WGS 84).';
COMMENT ON COLUMN world.cities.longitude IS 'Degrees east (WGS 84).';
COMMENT ON COLUMN world.cities.timezone IS 'IANA time zone, such as Europe/Oslo; works with AT TIME ZONE.';

COMMENT ON TABLE world.city_names IS 'What else cities are called: other languages and scripts, old names, airport codes.';
COMMENT ON COLUMN world.city_names.city_id IS 'The city.';
COMMENT ON COLUMN world.city_names.name IS 'One of its names, in any script; several cities may share it.';

-- name: describe_relations
COMMENT ON TABLE world.currencies IS 'Currencies that a country uses officially.';
COMMENT ON COLUMN world.currencies.code IS 'ISO 4217 code, such as EUR.';
COMMENT ON COLUMN world.currencies.name IS 'English name without the country, such as Dollar: not unique.';

COMMENT ON TABLE world.country_languages IS 'Languages spoken in a country, ordered by their number of speakers.';
COMMENT ON COLUMN world.country_languages.country_code IS 'The country.';
COMMENT ON COLUMN world.country_languages.rank IS '1 for the language with the most speakers in the country.';
COMMENT ON COLUMN world.country_languages.language_tag IS 'BCP 47 tag, such as pt-BR or haw.';
COMMENT ON COLUMN world.country_languages.language_code IS 'ISO 639 code of the tag, such as pt: one language across countries.';

COMMENT ON TABLE world.country_neighbours IS 'Land borders; each border stands here twice, once from either side.';
COMMENT ON COLUMN world.country_neighbours.country_code IS 'A country.';
COMMENT ON COLUMN world.country_neighbours.neighbour_code IS 'A country that it borders on.';

COMMENT ON TABLE world.us_states IS 'The 50 states of the United States and the District of Columbia.';
COMMENT ON COLUMN world.us_states.code IS 'Postal code, such as CA.';
COMMENT ON COLUMN world.us_states.name IS 'English name.';
COMMENT ON COLUMN world.us_states.fips IS 'FIPS 5-2 code of two digits, with which the codes of its counties begin.';
COMMENT ON COLUMN world.us_states.geoname_id IS 'Number of the place at GeoNames.';

COMMENT ON TABLE world.us_counties IS 'Counties of the United States and what equals them, without those of the territories.';
COMMENT ON COLUMN world.us_counties.fips IS 'FIPS 6-4 code of five digits.';
COMMENT ON COLUMN world.us_counties.name IS 'Name with its kind, such as Orange County; the same in many states.';
COMMENT ON COLUMN world.us_counties.state_code IS 'The state it belongs to.';

COMMENT ON VIEW world.capitals IS 'Every capital that is among the cities, with its country.';
COMMENT ON COLUMN world.capitals.country_code IS 'The country.';
COMMENT ON COLUMN world.capitals.country IS 'Its English name.';
COMMENT ON COLUMN world.capitals.city_id IS 'The city in cities.';
COMMENT ON COLUMN world.capitals.capital IS 'Its name.';
COMMENT ON COLUMN world.capitals.population IS 'Its inhabitants, without its agglomeration.';
COMMENT ON COLUMN world.capitals.latitude IS 'Degrees north (WGS 84).';
COMMENT ON COLUMN world.capitals.longitude IS 'Degrees east (WGS 84).';
COMMENT ON COLUMN world.capitals.timezone IS 'IANA time zone.';

COMMENT ON FUNCTION world.distance_km IS 'Great-circle distance in kilometres between two points given as latitude, longitude.';

-- name: grant
DO $$
BEGIN
    IF to_regrole('world_reader') IS NULL THEN
        CREATE ROLE world_reader LOGIN;
    END IF;
END
$$;
REVOKE ALL ON DATABASE world FROM PUBLIC;
GRANT CONNECT ON DATABASE world TO world_reader;
GRANT USAGE ON SCHEMA world TO world_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA world TO world_reader;
ALTER ROLE world_reader IN DATABASE world SET search_path = world, public;

-- name: mark
SELECT format('COMMENT ON SCHEMA world IS %L', $1::text);

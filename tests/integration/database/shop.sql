CREATE SCHEMA private;
CREATE TABLE private.salaries (name text PRIMARY KEY, salary int NOT NULL);
INSERT INTO private.salaries VALUES ('ann', 10), ('bob', 20);
CREATE VIEW open_salaries AS SELECT name, salary FROM private.salaries;

CREATE TYPE status AS ENUM ('open', 'paid', 'sent');
CREATE TABLE customers (
    id int PRIMARY KEY,
    name text,
    score numeric(6, 2),
    born date,
    tags text[] NOT NULL DEFAULT '{}',
    profile jsonb
);
COMMENT ON TABLE customers IS 'People who bought something';
COMMENT ON COLUMN customers.born IS 'birthday as told by the customer';
INSERT INTO customers
SELECT n, CASE WHEN n % 7 <> 0 THEN 'name ' || n % 13 END, CASE WHEN n % 5 <> 0 THEN n % 11 END,
       CASE WHEN n % 3 <> 0 THEN date '1990-01-01' + n % 17 END, ARRAY['t' || n % 2], jsonb_build_object('n', n)
FROM generate_series(1, 120) AS n;

CREATE TABLE orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id int NOT NULL REFERENCES customers (id),
    status status NOT NULL DEFAULT 'open',
    at timestamptz NOT NULL
);
CREATE INDEX orders_customer ON orders (customer_id) WHERE status <> 'paid';
INSERT INTO orders (customer_id, status, at)
SELECT 1 + n % 120, 'open', timestamptz '2026-01-01 00:00+00' + n * interval '1 hour' FROM generate_series(1, 500) AS n;

CREATE TABLE heap (a int, b text);
INSERT INTO heap SELECT n, 'b' || n FROM generate_series(1, 30) AS n;
CREATE VIEW big_orders AS SELECT customer_id, count(*) AS orders FROM orders GROUP BY customer_id;
CREATE FUNCTION peek() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT sum(salary) FROM private.salaries';
ANALYZE;

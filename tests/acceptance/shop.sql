-- A small shop: what the acceptance tests ask the database server about.
create table customers (
    id integer primary key generated always as identity,
    name text not null,
    city text not null
);
comment on table customers is 'Who buys from us';

create table orders (
    id integer primary key generated always as identity,
    customer_id integer not null references customers,
    placed_on date not null,
    amount numeric(12, 2) not null
);
create index orders_by_customer on orders (customer_id);

insert into customers (name, city) values ('Ada', 'London'), ('Grace', 'New York'), ('Edsger', 'Rotterdam');
insert into orders (customer_id, placed_on, amount)
select 1 + n % 3, date '2026-01-01' + n, 10.25 * n from generate_series(1, 60) as n;
analyze;

CREATE TABLE accounts (
    id bigint PRIMARY KEY,
    ref character varying(40),
    customer integer,
    plan character varying(40) NOT NULL,
    state smallint NOT NULL,
    starts timestamp without time zone NOT NULL,
    ends timestamp without time zone,
    created timestamptz NOT NULL,
    changed date NOT NULL
);
CREATE TABLE calls (
    number bigint PRIMARY KEY,
    key text,
    account bigint NOT NULL,
    metric text NOT NULL,
    units numeric(18, 9) NOT NULL,
    at timestamptz NOT NULL
);
CREATE TABLE prices (
    id text COLLATE "C" PRIMARY KEY,
    name text NOT NULL,
    amount bigint NOT NULL,
    "interval" text COLLATE "C" NOT NULL,
    active boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);

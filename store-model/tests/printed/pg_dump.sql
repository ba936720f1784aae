--
-- PostgreSQL database dump
--

\restrict Token

-- Dumped from database version 15.18
-- Dumped by pg_dump version 15.18

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: billing; Type: SCHEMA; Schema: -; Owner: store
--

CREATE SCHEMA billing;


ALTER SCHEMA billing OWNER TO store;

--
-- Name: folds; Type: COLLATION; Schema: public; Owner: store
--

CREATE COLLATION public.folds (provider = icu, deterministic = false, locale = 'und-u-ks-level2');


ALTER COLLATION public.folds OWNER TO store;

--
-- Name: State; Type: TYPE; Schema: billing; Owner: store
--

CREATE TYPE billing."State" AS ENUM (
    'active',
    'it''s',
    'new',
    'dead'
);


ALTER TYPE billing."State" OWNER TO store;

--
-- Name: currency; Type: DOMAIN; Schema: public; Owner: store
--

CREATE DOMAIN public.currency AS character varying(3) COLLATE pg_catalog."C" NOT NULL DEFAULT 'EUR'::character varying
	CONSTRAINT known CHECK (((VALUE)::text = ANY ((ARRAY['EUR'::character varying, 'USD'::character varying])::text[])));


ALTER DOMAIN public.currency OWNER TO store;

--
-- Name: touch(); Type: FUNCTION; Schema: public; Owner: store
--

CREATE FUNCTION public.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN NEW.touched := now(); DROP TABLE IF EXISTS none; RETURN NEW; END; $$;


ALTER FUNCTION public.touch() OWNER TO store;

SET default_tablespace = '';

--
-- Name: parts; Type: TABLE; Schema: public; Owner: store
--

CREATE TABLE public.parts (
    id bigint NOT NULL,
    at date NOT NULL
)
PARTITION BY RANGE (at);


ALTER TABLE public.parts OWNER TO store;

SET default_table_access_method = heap;

--
-- Name: parts_1; Type: TABLE; Schema: public; Owner: store
--

CREATE TABLE public.parts_1 (
    id bigint NOT NULL,
    at date NOT NULL
);


ALTER TABLE public.parts_1 OWNER TO store;

--
-- Name: plans; Type: TABLE; Schema: public; Owner: store
--

CREATE TABLE public.plans (
    id text NOT NULL COLLATE pg_catalog."C",
    provider_id text COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    description text NOT NULL COLLATE pg_catalog."C",
    amount bigint NOT NULL,
    currency text NOT NULL COLLATE pg_catalog."C",
    "interval" text NOT NULL COLLATE pg_catalog."C",
    interval_count bigint NOT NULL,
    trial_days bigint NOT NULL,
    features jsonb NOT NULL,
    limits jsonb NOT NULL,
    metadata jsonb NOT NULL,
    active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);


ALTER TABLE public.plans OWNER TO store;

--
-- Name: zoo; Type: TABLE; Schema: public; Owner: store
--

CREATE TABLE public.zoo (
    id bigint NOT NULL,
    serial integer NOT NULL,
    always integer NOT NULL,
    "Mixed Case" character varying(20) DEFAULT 'a''b'::character varying NOT NULL,
    state billing."State" DEFAULT 'active'::billing."State" NOT NULL,
    currency public.currency,
    status text,
    short character varying(10),
    n smallint,
    touched timestamp with time zone DEFAULT now() NOT NULL,
    coarse timestamp(0) without time zone,
    t time(3) with time zone,
    amount numeric(10,2) DEFAULT 0 NOT NULL,
    double integer GENERATED ALWAYS AS ((n * 2)) STORED,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    folded text COLLATE public.folds,
    flag boolean DEFAULT true,
    c character(1),
    c3 character(3),
    data jsonb DEFAULT '{}'::jsonb,
    span interval day to second,
    uid uuid DEFAULT gen_random_uuid(),
    sys "char",
    CONSTRAINT s CHECK (((short)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[]))),
    CONSTRAINT zoo_n_check CHECK ((n = ANY (ARRAY[1, 2]))),
    CONSTRAINT zoo_status_check CHECK ((status = ANY (ARRAY['a'::text, 'b'::text, 'c'::text])))
);


ALTER TABLE public.zoo OWNER TO store;

--
-- Name: TABLE zoo; Type: COMMENT; Schema: public; Owner: store
--

COMMENT ON TABLE public.zoo IS 'CREATE TABLE zoo (no int); -- ''';


--
-- Name: seen; Type: VIEW; Schema: public; Owner: store
--

CREATE VIEW public.seen AS
 SELECT z.id,
    z.status AS word,
    upper((z.short)::text) AS up
   FROM (public.zoo z
     JOIN public.plans p ON ((p.id = z.status)));


ALTER TABLE public.seen OWNER TO store;

--
-- Name: subscriptions; Type: TABLE; Schema: public; Owner: store
--

CREATE TABLE public.subscriptions (
    id text NOT NULL COLLATE pg_catalog."C",
    provider_id text COLLATE pg_catalog."C",
    subscriber_id text NOT NULL COLLATE pg_catalog."C",
    plan_id text NOT NULL COLLATE pg_catalog."C",
    status text NOT NULL COLLATE pg_catalog."C",
    current_period_start timestamp with time zone NOT NULL,
    current_period_end timestamp with time zone NOT NULL,
    trial_start timestamp with time zone,
    trial_end timestamp with time zone,
    canceled_at timestamp with time zone,
    paused_at timestamp with time zone,
    metadata jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);


ALTER TABLE public.subscriptions OWNER TO store;

--
-- Name: usage_records; Type: TABLE; Schema: public; Owner: store
--

CREATE TABLE public.usage_records (
    id text NOT NULL COLLATE pg_catalog."C",
    subscription_id text NOT NULL COLLATE pg_catalog."C",
    metric text NOT NULL COLLATE pg_catalog."C",
    quantity bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    metadata jsonb NOT NULL,
    provider_reported_at timestamp with time zone
);


ALTER TABLE public.usage_records OWNER TO store;

--
-- Name: zoo_always_seq; Type: SEQUENCE; Schema: public; Owner: store
--

ALTER TABLE public.zoo ALTER COLUMN always ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.zoo_always_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: zoo_id_seq; Type: SEQUENCE; Schema: public; Owner: store
--

ALTER TABLE public.zoo ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.zoo_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: zoo_serial_seq; Type: SEQUENCE; Schema: public; Owner: store
--

CREATE SEQUENCE public.zoo_serial_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.zoo_serial_seq OWNER TO store;

--
-- Name: zoo_serial_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: store
--

ALTER SEQUENCE public.zoo_serial_seq OWNED BY public.zoo.serial;


--
-- Name: parts_1; Type: TABLE ATTACH; Schema: public; Owner: store
--

ALTER TABLE ONLY public.parts ATTACH PARTITION public.parts_1 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');


--
-- Name: zoo serial; Type: DEFAULT; Schema: public; Owner: store
--

ALTER TABLE ONLY public.zoo ALTER COLUMN serial SET DEFAULT nextval('public.zoo_serial_seq'::regclass);


--
-- Name: zoo later; Type: CONSTRAINT; Schema: public; Owner: store
--

ALTER TABLE ONLY public.zoo
    ADD CONSTRAINT later UNIQUE (short) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: parts parts_pkey; Type: CONSTRAINT; Schema: public; Owner: store
--

ALTER TABLE ONLY public.parts
    ADD CONSTRAINT parts_pkey PRIMARY KEY (id, at);


--
-- Name: parts_1 parts_1_pkey; Type: CONSTRAINT; Schema: public; Owner: store
--

ALTER TABLE ONLY public.parts_1
    ADD CONSTRAINT parts_1_pkey PRIMARY KEY (id, at);


--
-- Name: plans plans_pkey; Type: CONSTRAINT; Schema: public; Owner: store
--

ALTER TABLE ONLY public.plans
    ADD CONSTRAINT plans_pkey PRIMARY KEY (id);


--
-- Name: subscriptions subscriptions_pkey; Type: CONSTRAINT; Schema: public; Owner: store
--

ALTER TABLE ONLY public.subscriptions
    ADD CONSTRAINT subscriptions_pkey PRIMARY KEY (id);


--
-- Name: usage_records usage_records_pkey; Type: CONSTRAINT; Schema: public; Owner: store
--

ALTER TABLE ONLY public.usage_records
    ADD CONSTRAINT usage_records_pkey PRIMARY KEY (id);


--
-- Name: zoo zoo_flag_key; Type: CONSTRAINT; Schema: public; Owner: store
--

ALTER TABLE ONLY public.zoo
    ADD CONSTRAINT zoo_flag_key UNIQUE NULLS NOT DISTINCT (flag);


--
-- Name: zoo zoo_pkey; Type: CONSTRAINT; Schema: public; Owner: store
--

ALTER TABLE ONLY public.zoo
    ADD CONSTRAINT zoo_pkey PRIMARY KEY (id);


--
-- Name: zoo zoo_status_n_key; Type: CONSTRAINT; Schema: public; Owner: store
--

ALTER TABLE ONLY public.zoo
    ADD CONSTRAINT zoo_status_n_key UNIQUE (status, n);


--
-- Name: plans_created_idx; Type: INDEX; Schema: public; Owner: store
--

CREATE INDEX plans_created_idx ON public.plans USING btree (created_at, id);


--
-- Name: plans_provider_key; Type: INDEX; Schema: public; Owner: store
--

CREATE UNIQUE INDEX plans_provider_key ON public.plans USING btree (provider_id);


--
-- Name: subscriptions_created_idx; Type: INDEX; Schema: public; Owner: store
--

CREATE INDEX subscriptions_created_idx ON public.subscriptions USING btree (created_at, id);


--
-- Name: subscriptions_live_key; Type: INDEX; Schema: public; Owner: store
--

CREATE UNIQUE INDEX subscriptions_live_key ON public.subscriptions USING btree (subscriber_id) WHERE (status = ANY (ARRAY['active'::text, 'trialing'::text]));


--
-- Name: subscriptions_plan_idx; Type: INDEX; Schema: public; Owner: store
--

CREATE INDEX subscriptions_plan_idx ON public.subscriptions USING btree (plan_id, created_at, id);


--
-- Name: subscriptions_provider_key; Type: INDEX; Schema: public; Owner: store
--

CREATE UNIQUE INDEX subscriptions_provider_key ON public.subscriptions USING btree (provider_id);


--
-- Name: subscriptions_status_idx; Type: INDEX; Schema: public; Owner: store
--

CREATE INDEX subscriptions_status_idx ON public.subscriptions USING btree (status, created_at, id);


--
-- Name: subscriptions_subscriber_idx; Type: INDEX; Schema: public; Owner: store
--

CREATE INDEX subscriptions_subscriber_idx ON public.subscriptions USING btree (subscriber_id, created_at, id);


--
-- Name: usage_records_recorded_idx; Type: INDEX; Schema: public; Owner: store
--

CREATE INDEX usage_records_recorded_idx ON public.usage_records USING btree (subscription_id, recorded_at, id);


--
-- Name: usage_records_sum_idx; Type: INDEX; Schema: public; Owner: store
--

CREATE INDEX usage_records_sum_idx ON public.usage_records USING btree (subscription_id, metric, recorded_at) INCLUDE (quantity);


--
-- Name: usage_records_unreported_idx; Type: INDEX; Schema: public; Owner: store
--

CREATE INDEX usage_records_unreported_idx ON public.usage_records USING btree (recorded_at, id) WHERE (provider_reported_at IS NULL);


--
-- Name: zoo_expr; Type: INDEX; Schema: public; Owner: store
--

CREATE UNIQUE INDEX zoo_expr ON public.zoo USING btree (lower(status), ((n + 1)), folded DESC NULLS LAST) INCLUDE (touched);


--
-- Name: zoo_gin; Type: INDEX; Schema: public; Owner: store
--

CREATE INDEX zoo_gin ON public.zoo USING gin (tags);


--
-- Name: zoo_live; Type: INDEX; Schema: public; Owner: store
--

CREATE UNIQUE INDEX zoo_live ON public.zoo USING btree ("Mixed Case") WHERE (status = ANY (ARRAY['a'::text, 'b'::text]));


--
-- Name: parts_1_pkey; Type: INDEX ATTACH; Schema: public; Owner: store
--

ALTER INDEX public.parts_pkey ATTACH PARTITION public.parts_1_pkey;


--
-- Name: zoo touch; Type: TRIGGER; Schema: public; Owner: store
--

CREATE TRIGGER touch BEFORE UPDATE ON public.zoo FOR EACH ROW EXECUTE FUNCTION public.touch();


--
-- PostgreSQL database dump complete
--

\unrestrict Token


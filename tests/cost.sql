--
-- Name: @_state; Type: TYPE; Schema: public; Owner: store
--

CREATE TYPE public.@_state AS ENUM (
    'draft',
    'final'
);


ALTER TYPE public.@_state OWNER TO store;

--
-- Name: @_touch(); Type: FUNCTION; Schema: public; Owner: store
--

CREATE FUNCTION public.@_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END;
$$;


ALTER FUNCTION public.@_touch() OWNER TO store;

--
-- Name: @; Type: TABLE; Schema: public; Owner: store
--

CREATE TABLE public.@ (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    reference character varying(40) DEFAULT ''::character varying NOT NULL,
    state public.@_state DEFAULT 'draft'::public.@_state NOT NULL,
    total numeric(12,2) DEFAULT 0 NOT NULL,
    note text,
    payload jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT @_total_check CHECK ((total >= (0)::numeric))
);


ALTER TABLE public.@ OWNER TO store;

--
-- Name: @_id_seq; Type: SEQUENCE; Schema: public; Owner: store
--

CREATE SEQUENCE public.@_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.@_id_seq OWNER TO store;

--
-- Name: @_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: store
--

ALTER SEQUENCE public.@_id_seq OWNED BY public.@.id;


--
-- Name: @ id; Type: DEFAULT; Schema: public; Owner: store
--

ALTER TABLE ONLY public.@ ALTER COLUMN id SET DEFAULT nextval('public.@_id_seq'::regclass);


--
-- Name: @ @_pkey; Type: CONSTRAINT; Schema: public; Owner: store
--

ALTER TABLE ONLY public.@
    ADD CONSTRAINT @_pkey PRIMARY KEY (id);


--
-- Name: @_account_idx; Type: INDEX; Schema: public; Owner: store
--

CREATE INDEX @_account_idx ON public.@ USING btree (account_id, created_at DESC) WHERE (note IS NOT NULL);


--
-- Name: @ @_touched; Type: TRIGGER; Schema: public; Owner: store
--

CREATE TRIGGER @_touched BEFORE UPDATE ON public.@ FOR EACH ROW EXECUTE FUNCTION public.@_touch();


--
-- Name: @ @_account_fk; Type: FK CONSTRAINT; Schema: public; Owner: store
--

ALTER TABLE ONLY public.@
    ADD CONSTRAINT @_account_fk FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;



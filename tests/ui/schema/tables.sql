CREATE TABLE plans (id text PRIMARY KEY);
CREATE TABLE usage_records (id text PRIMARY KEY);
ALTER TABLE usage_records FROBNICATE COLUMN id;

-- A payer is found by its code through the unique index alone: beside (bucket, merchant, unit) a plan made while the table was
-- small took that one, and read every payer of a school for each row of its import.
drop index payer_unit;
create index payer_unit on payer (bucket, unit) where unit is not null;

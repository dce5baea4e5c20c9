-- The server's role: it can add facts and change states, it cannot rewrite history.
do $$
begin
    if not exists (select from pg_roles where rolname = 'choso') then
        raise exception 'the role choso is missing: create the cluster with deploy/cluster';
    end if;
end $$;

grant usage on schema public to choso;
grant select on all tables in schema public to choso;
grant insert on all tables in schema public to choso;
revoke insert on bucket, installation, test_clock, directory_version, schema_migration from choso;
grant usage on all sequences in schema public to choso;

-- `select … for update` on a bucket row needs the right to update one; no statement of ours does, and the number is a key.
grant update on bucket to choso;
grant update on payment_request, payment, refund, person, bank_text, reader, test_clock, directory_version to choso;
grant update on collector, market, merchant, bank_account, virtual_account, stall, api_key, feed to choso;
grant delete on due, refused_notice, api_key_merchant, feed_account to choso;

-- Said again for the reader, and held by a test: no update, delete or truncate of what has happened.
revoke update, delete, truncate on journal, entry, event, sighting, allocation, idempotency, ledger_account, erasure, quarantine from choso;

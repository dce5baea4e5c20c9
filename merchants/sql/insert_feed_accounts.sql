insert into feed_account (feed, account) select f, a from unnest($1::uuid[], $2::uuid[]) u(f, a)

select true, id from api_key where name in ('demo', 'demo other') and revoked_at is null
union all
select false, id from feed
where name in ('demo sepay', 'demo sepay hmac', 'demo sepay oauth2', 'demo sepay other', 'demo camt') and revoked_at is null

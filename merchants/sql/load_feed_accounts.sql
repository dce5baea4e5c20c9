select a.feed, a.account from feed_account a join feed f on f.id = a.feed where f.revoked_at is null

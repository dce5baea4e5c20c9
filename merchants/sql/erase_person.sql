update person set name = null, phone = null, account = null, erased_at = $3 where bucket = $1 and id = $2 and erased_at is null

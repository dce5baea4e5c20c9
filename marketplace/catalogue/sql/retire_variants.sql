update variant set active = false where bucket = $1 and product = any($2::uuid[]) and id <> all($3::uuid[]) and active

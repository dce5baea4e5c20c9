select id from product where bucket = $1 and id = $2 and seller = $3

-- find_held: files whose statements wait for a neighbour that may have come now
select distinct file from statement where bucket = $1::int2 and account = $2::uuid and state = 'held' and held_why = 'chain_broken'

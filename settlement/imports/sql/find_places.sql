-- find_places: which statements of a file were taken for accounts its sender may speak for
select place from statement where bucket between 0 and 63 and file = $1::uuid

-- insert_box
insert into sound_box (id, stall, serial, token_hash, dialect) values ($1, $2, $3, $4, $5)

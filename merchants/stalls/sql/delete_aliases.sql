delete from place_alias

select step, at, place, party, note from trace_event where bucket = $1 and lot = $2 order by at, id

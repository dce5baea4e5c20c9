select p.id, p.seller, p.name, s.name, c.name, p.version
from product p join seller s on s.merchant = p.seller join category c on c.id = p.category
where p.state = 'pending' and p.id > $1 order by p.id limit $2

select l."order", l.variant, l.product, l.name, l.unit, l.quantity, l.returned, l.price, l.vat_bp, l.pit_bp, l.tax_class
from order_line l where l.bucket = $1::int2 and l."order" = any($2::uuid[]) order by l."order", l.position

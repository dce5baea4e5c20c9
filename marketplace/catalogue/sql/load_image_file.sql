select content from image_file where bucket = $1 and image = $2 and width = $3 and format = $4

# The bytecode of the examples.
for example in add factorial hello loop square; do
  about "$example"; run -m dis "$root/examples/$example.py"
  about "$example, with all there is"; run -m dis -C -O "$root/examples/$example.py"
done
about text; echo 'x = [i for i in y if i]' | run -m dis

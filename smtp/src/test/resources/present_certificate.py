"""Presents certificates to an SMTP server: lines of CERTIFICATE KEY on standard input, the reply to a foreign recipient out."""
import smtplib
import ssl
import sys

port = int(sys.argv[1])
for line in sys.stdin:
    certificate, key = line.split()
    try:
        context = ssl._create_unverified_context()
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.load_cert_chain(certificate, key)
        with smtplib.SMTP("127.0.0.1", port, local_hostname="client.example", timeout=30) as smtp:
            smtp.starttls(context=context)
            smtp.ehlo()
            smtp.mail("a@x.test")
            print(smtp.rcpt("erin@cpandl.com")[0], flush=True)
    except Exception as problem:
        print("failed", type(problem).__name__, problem, flush=True)

"""hoso"""
